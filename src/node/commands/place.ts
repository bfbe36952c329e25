// Where the built program lies, and what stands beside it in dist/.

export interface Place {
  readonly version: string;
  /** dist/ itself. */
  readonly folder: string;
  /** The built site; null when it is not there. */
  readonly siteFolder: string | null;
}
