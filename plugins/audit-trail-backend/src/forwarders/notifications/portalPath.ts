/**
 * The path within the portal that an address of the portal leads to, which
 * is what links of notifications are. An address elsewhere stays whole.
 *
 * @param appBaseUrl - where the portal is, `app.baseUrl`
 */
export function portalPath(address: string, appBaseUrl: string): string {
  const { origin, pathname, search, hash } = new URL(address);
  const base = new URL(appBaseUrl);
  const basePath = base.pathname.replace(/\/+$/, '');
  return origin === base.origin && pathname.startsWith(`${basePath}/`)
    ? `${pathname.slice(basePath.length)}${search}${hash}`
    : address;
}
