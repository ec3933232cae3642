import { readFile, writeFile } from "node:fs/promises";
import { parseGrowthCsv } from "../bench/growth-csv.ts";
import { growthPlot } from "../bench/growth-plot.ts";

/** `node scripts/plot-growth.ts [CSV [SVG]]` */
const [csvPath = "docs/growth.csv", svgPath = "docs/growth.svg"] = process.argv.slice(2);
await writeFile(svgPath, growthPlot(parseGrowthCsv(await readFile(csvPath, "utf8"))));
