/**
 * The file name that a `Content-Disposition` header gives. Nothing but a plain
 * name is taken: no folders.
 */
export function fileNameOf(disposition: string | null): string | undefined {
  const name =
    /filename="([^"]+)"/i.exec(disposition ?? '') ??
    /filename=([^;\s]+)/i.exec(disposition ?? '');
  return name?.[1].replace(/[/\\]/g, '_');
}
