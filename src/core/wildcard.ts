/**
 * Whether the whole text matches a pattern of OpenSSH (ssh_config(5), "PATTERNS"): `*` is any run of characters, `?` is any one.
 * Never slower than the product of both lengths, whatever the pattern.
 */
export function matchesWildcard(text: string, pattern: string): boolean {
  let at = 0;
  let patternAt = 0;
  let starAt = -1;
  let starCovers = 0;
  while (at < text.length) {
    const wanted = pattern[patternAt];
    if (wanted === "*") {
      starAt = patternAt;
      starCovers = at;
      patternAt += 1;
    } else if (wanted === "?" || wanted === text[at]) {
      at += 1;
      patternAt += 1;
    } else if (starAt !== -1) {
      // The last star takes one character more, and what follows it is tried again from there.
      starCovers += 1;
      at = starCovers;
      patternAt = starAt + 1;
    } else {
      return false;
    }
  }
  while (pattern[patternAt] === "*") patternAt += 1;
  return patternAt === pattern.length;
}
