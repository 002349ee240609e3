import { CustomErrorBase } from '@backstage/errors';

/** An export takes longer than it may. */
export class ExportTimeoutError extends CustomErrorBase {
  name = 'ExportTimeoutError' as const;

  /** @param what - what has lasted so long */
  constructor(what: string, milliseconds: number) {
    super(`${what} for ${Math.round(milliseconds / 60_000)} minutes`);
  }
}
