/** What a person can mend in a frame, plan, record or option: one sentence that names the input, the reason and the way out. */
export class DrawError extends Error {
  override readonly name = 'DrawError';
}
