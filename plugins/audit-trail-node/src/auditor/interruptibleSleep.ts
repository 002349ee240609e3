/** Waits for a time, or until the function that `endBy` is given is called. */
export async function interruptibleSleep(
  ms: number,
  endBy: (end: () => void) => void,
): Promise<void> {
  await new Promise<void>(resolve => {
    const timer = setTimeout(resolve, ms);
    timer.unref();
    endBy(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
