const MAX_PAGE_SIZE = 200;

const place = number => Buffer.from(String(number)).toString('base64');

/**
 * What Segment's Public API answers to `GET /sources`: one page of them.
 *
 * @param {{ headers: Record<string, any>, url: URL, sources: any[], token: string }} options
 */
export function listSources({ headers, url, sources, token }) {
  const refuse = (status, type) => ({ status, body: { errors: [{ type }] } });
  if (headers.authorization !== `Bearer ${token}`) {
    return refuse(401, 'unauthorized');
  }
  if (!headers.accept?.startsWith('application/vnd.segment.v1+json')) {
    return refuse(406, 'not-acceptable');
  }
  const count = Number(url.searchParams.get('pagination[count]') ?? 10);
  const cursor = url.searchParams.get('pagination[cursor]');
  const start = cursor ? Number(Buffer.from(cursor, 'base64')) : 0;
  if (!(count >= 1 && count <= MAX_PAGE_SIZE) || Number.isNaN(start)) {
    return refuse(422, 'validation');
  }
  const end = start + count;
  return {
    status: 200,
    body: {
      data: {
        sources: sources.slice(start, end),
        pagination: {
          current: place(start),
          next: end < sources.length ? place(end) : null,
          totalEntries: sources.length,
        },
      },
    },
  };
}
