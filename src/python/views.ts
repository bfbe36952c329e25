// The pictures that a run can be drawn as. Each needs other things to be watched while the program runs.

export const VIEWS = [
  'environment',
  'calltree',
  'binding',
  'expression',
  'decorators',
  'searchtree',
  'replay',
  'modules',
] as const;
export type View = (typeof VIEWS)[number];

/** What a run is watched for. */
export interface Watch {
  readonly view: View;
  /** The function that the picture is about; null leaves the choice to the picture. */
  readonly of: string | null;
}
