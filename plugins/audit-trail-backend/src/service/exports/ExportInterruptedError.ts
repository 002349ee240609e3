import { ServiceUnavailableError } from '@backstage/errors';

/** An export that may not go on, or begin, as the process ends. */
export class ExportInterruptedError extends ServiceUnavailableError {
  constructor() {
    super('The backend is shutting down; export again in a moment');
  }
}
