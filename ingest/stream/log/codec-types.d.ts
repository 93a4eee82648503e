declare module 'lz4js' {
  /** What a frame unpacks to at most, bytes; 0 or more. */
  export function decompressBound(bytes: Uint8Array): number;
  /** @returns the bytes that the frame unpacks to, of which `into` has as many as it holds */
  export function decompressFrame(bytes: Uint8Array, into: Uint8Array): number;
}

declare module 'snappyjs' {
  export function compress(bytes: Uint8Array): Uint8Array;
  /** @throws if it unpacks to more than `most` bytes */
  export function uncompress(bytes: Uint8Array, most: number): Uint8Array;
}
