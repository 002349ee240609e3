/**
 * Asks the catalog to refresh an entity that there is not. It is audited before
 * it is answered, whatever the answer.
 *
 * @param {string} name of the entity, by which the trail knows the call
 * @returns the status of the answer
 * @throws if none comes in time
 */
export async function callAudited(url, name, timeoutMs = 20_000) {
  const response = await fetch(`${url}/api/catalog/refresh`, {
    method: 'POST',
    headers: {
      Authorization: `Bearer ${process.env.AUDIT_TRAIL_TOKEN}`,
      'Content-Type': 'application/json',
    },
    body: JSON.stringify({ entityRef: `component:default/${name}` }),
    signal: AbortSignal.timeout(timeoutMs),
  });
  await response.text();
  return response.status;
}
