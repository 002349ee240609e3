/** Where the parts of a file go until it is whole. */
export interface ExportTarget {
  write(part: Uint8Array): Promise<void>;
  /**
   * Saves the file.
   *
   * @returns its name, which the reader may have chosen
   */
  save(fileName: string): Promise<string>;
  /** Leaves nothing of it. */
  discard(): Promise<void>;
}

/** What is used of a file that the reader has chosen; not known to TypeScript. */
interface ChosenFile {
  name: string;
  createWritable(): Promise<{
    write(part: Uint8Array): Promise<void>;
    close(): Promise<void>;
    abort(): Promise<void>;
  }>;
  remove?(): Promise<void>;
}

type ChooseFile = (options: { suggestedName: string }) => Promise<ChosenFile>;

/** Bytes that become one part of the browser's, which it may keep on disk. */
const BLOB_BYTES = 8 * 1024 * 1024;

/** Keeps the file in the browser, and then saves it as a download. */
export function downloadTarget(): ExportTarget {
  const blobs: Blob[] = [];
  let parts: BlobPart[] = [];
  let bytes = 0;
  const gather = () => {
    blobs.push(new Blob(parts));
    parts = [];
    bytes = 0;
  };
  return {
    async write(part) {
      parts.push(part as BlobPart);
      bytes += part.length;
      if (bytes >= BLOB_BYTES) {
        gather();
      }
    },
    async save(fileName) {
      gather();
      const url = URL.createObjectURL(new Blob(blobs));
      const link = document.createElement('a');
      link.href = url;
      link.download = fileName;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      return fileName;
    },
    async discard() {
      blobs.length = 0;
      parts = [];
    },
  };
}

/**
 * Lets the reader choose a file and writes into it as the parts come, so that
 * the browser does not hold it; `undefined` where the browser cannot do that.
 *
 * @throws an `AbortError` if they choose none
 */
export async function chosenFileTarget(
  suggestedName: string,
): Promise<ExportTarget | undefined> {
  const choose = (window as { showSaveFilePicker?: ChooseFile })
    .showSaveFilePicker;
  if (!choose) {
    return undefined;
  }
  const file = await choose({ suggestedName });
  const writable = await file.createWritable();
  return {
    write: part => writable.write(part),
    async save() {
      await writable.close();
      return file.name;
    },
    async discard() {
      await writable.abort();
      // The browser has made an empty one.
      await file.remove?.();
    },
  };
}
