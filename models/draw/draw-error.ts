/** Why something is refused, for a reader of another language than the sentence. */
export interface RefusedStep {
  reason: string;
  values: Record<string, string | number>;
}

/** What a person can mend in a frame, plan, record or option: one sentence that names the input, the reason and the way out. */
export class DrawError extends Error {
  override readonly name = 'DrawError';
  readonly refused: RefusedStep | undefined;

  constructor(message: string, refused?: RefusedStep) {
    super(message);
    this.refused = refused;
  }
}
