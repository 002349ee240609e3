import type { Translate } from '../translation';
import { errorReason } from './errors';

/** What the backend said of one field, or of the whole. */
export interface FieldError {
  field?: string;
  reason: string;
}

/** Which field an error is about: its reason begins with the field's name. */
export function fieldError(t: Translate, error: Error): FieldError {
  const reason = errorReason(t, error);
  const [, field, ofField] =
    /^([a-z]\w*)(?:\.[\w.]+)?: (.+)$/.exec(reason) ?? [];
  return field ? { field, reason: ofField } : { reason };
}
