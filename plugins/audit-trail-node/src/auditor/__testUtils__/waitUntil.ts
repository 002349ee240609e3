/** Asks until the answer is true; an error if it never is. */
export async function waitUntil(
  what: string,
  ask: () => boolean | Promise<boolean>,
  seconds = 60,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await ask())) {
    if (Date.now() > deadline) {
      throw new Error(`Not so within ${seconds} seconds: ${what}`);
    }
    await new Promise(resolve => setTimeout(resolve, 20));
  }
}
