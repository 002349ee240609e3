import http from 'node:http';

/** A request, to be sent as it stands. */
export interface RawRequest {
  method: string;
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  body?: string;
}

/** What came back. */
export interface RawAnswer {
  status: number;
  /** Names and values, a header a line. */
  headers: string;
  text: string;
  milliseconds: number;
}

/** Sends what a client library would refuse to send. */
export function sendRaw(port: number, request: RawRequest): Promise<RawAnswer> {
  const { body, ...options } = request;
  const begun = performance.now();
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port, ...options },
      answer => {
        const parts: Buffer[] = [];
        answer.on('data', part => parts.push(part));
        answer.on('end', () =>
          resolve({
            status: answer.statusCode!,
            headers: answer.rawHeaders
              .map((part, at) => part + (at % 2 ? '\n' : ': '))
              .join(''),
            text: Buffer.concat(parts).toString(),
            milliseconds: performance.now() - begun,
          }),
        );
        answer.on('error', reject);
      },
    );
    sent.on('error', reject);
    sent.end(body);
  });
}

const decoded = (text: string) => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

/**
 * Which of some words a text tells that its reader has not said. Errors quote
 * what a request says, as a whole or its beginning.
 */
export function wordsTold(
  text: string,
  request: RawRequest,
  words: string[],
): string[] {
  const told = words.filter(word => text.includes(word));
  if (told.length === 0) {
    return told;
  }
  const { path, headers, body = '' } = request;
  const [address, ...query] = path.split('?');
  // Errors name the address within the plugin.
  const within = path.replace(/^\/api\/[^/]+/, '');
  const said = [
    ...[
      path,
      decoded(path),
      within,
      decoded(within),
      body,
      ...Object.values(headers),
    ],
    ...address.split('/').map(decoded),
    ...[...new URLSearchParams(query.join('?'))].flat(),
  ].flatMap(value => [
    ...[value, JSON.stringify(value).slice(1, -1)],
    value.toLowerCase(),
  ]);
  return told.filter(word => {
    const beginnings = said
      .filter(value => value.includes(word))
      .map(value => value.slice(0, value.indexOf(word) + word.length))
      .sort((a, b) => b.length - a.length);
    return beginnings
      .reduce((rest, beginning) => rest.replaceAll(beginning, ''), text)
      .includes(word);
  });
}
