/** Where the rows of a frame come from: a file, or a stream of the warehouse. */
export interface FrameSource {
  /** For messages: the file's name. */
  name: string;
  /** Of the header line, in order; the first is `id`. */
  columns: string[];
  /**
   * The data lines without LF, in any order, some at a time; each is valid UTF-8, holds no CR and has as many fields as
   * there are columns. Every call reads from the beginning.
   * @throws DrawError while reading, with the line's number.
   */
  batches(): AsyncIterable<Buffer[]>;
}
