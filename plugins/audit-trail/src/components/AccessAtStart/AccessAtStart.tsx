import { useAccess, useRenderedAnew } from '../../hooks';

/**
 * Asks at the start of the portal what the reader may see, so that the answer
 * is there before an entity's page is: its cards and tabs are chosen while it
 * renders, and nothing tells it to choose again. If it was faster nevertheless,
 * the page is rendered anew once the answer takes something away.
 */
export function AccessAtStart() {
  const { value: access } = useAccess();
  useRenderedAnew(access);
  return null;
}
