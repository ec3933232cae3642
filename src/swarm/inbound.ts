import type { OnReadOpts, Socket } from "node:net";

/** What one read takes at most. A larger read is fewer reads; what is read is used up before the next one. */
const READ_MAX_BYTES = 256 * 1024;
const BUFFER = Buffer.allocUnsafeSlow(READ_MAX_BYTES);

export type Receive = (bytes: Buffer) => void;

const receivers = new WeakMap<object, Receive>();

/**
 * For sockets that we open: all of them read into the same memory. Fresh memory for every read, as accepted sockets have it, was a sixth
 * of the CPU time of receiving.
 */
export const INTO_ONE_BUFFER: OnReadOpts & ThisType<Socket> = {
  buffer: BUFFER,
  callback(this: Socket, bytes: number) {
    receivers.get(this)?.(BUFFER.subarray(0, bytes));
    return true;
  },
};

/** Hands over whatever comes from now on. The bytes are valid during the call only. */
export function receiveFrom(socket: Socket, receive: Receive): void {
  receivers.set(socket, receive);
  socket.on("data", receive);
}
