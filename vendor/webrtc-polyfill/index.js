// simple-peer reads these names and answers "no WebRTC support" when they are undefined.
export const RTCPeerConnection = undefined;
export const RTCSessionDescription = undefined;
export const RTCIceCandidate = undefined;
export const RTCDataChannel = undefined;
export const MediaStream = undefined;
export const MediaStreamTrack = undefined;
export default {};
