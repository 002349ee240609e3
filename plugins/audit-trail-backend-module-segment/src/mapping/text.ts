/** A text without control characters and halves of characters. */
export function text(value: unknown): string | undefined {
  return typeof value === 'string'
    ? value.replace(/[\p{Cc}\p{Cs}]+/gu, ' ').trim() || undefined
    : undefined;
}
