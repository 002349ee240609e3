const MINUTE_MS = 60_000;

/** How long an export may take. */
export interface ExportLimits {
  /** From its beginning to its end. */
  totalMs: number;
  /** Without a part of its file being taken. */
  pauseMs: number;
}

/**
 * An export that takes longer is ended. Retention waits for no export beyond
 * this, so an export may not be complete after it either.
 */
export const EXPORT_LIMITS: ExportLimits = {
  totalMs: 12 * 60 * MINUTE_MS,
  pauseMs: 10 * MINUTE_MS,
};
