import { setImmediate as nextTurn } from 'node:timers/promises';

const ROOT = '/api/audit-trail/v1';

/** Signs in as the user that a backend signs in; resolves to the token. */
export async function signIn(url) {
  const response = await fetch(`${url}/api/auth/guest/refresh`, {
    headers: { 'X-Requested-With': 'XMLHttpRequest' },
  });
  await assertOk(response);
  const { backstageIdentity } = await response.json();
  return backstageIdentity.token;
}

async function assertOk(response) {
  if (!response.ok) {
    throw new Error(
      `${response.url} answered ${response.status}: ${await response.text()}`,
    );
  }
}

/**
 * A backend closes a connection that rests. While this process is busy for
 * seconds, it does not notice that, and would send into the void: first it has
 * to look what happened meanwhile.
 */
async function send(url, options) {
  await nextTurn();
  return fetch(url, options);
}

/** Asks a backend's trail with somebody's token. */
export class TrailClient {
  constructor(url, token) {
    this.url = url;
    this.token = token;
  }

  /** The answer, whose body is still to be read. */
  async open(path, params = {}, signal = undefined) {
    const response = await send(
      `${this.url}${ROOT}${path}?${new URLSearchParams(params)}`,
      { headers: { Authorization: `Bearer ${this.token}` }, signal },
    );
    await assertOk(response);
    return response;
  }

  async get(path, params) {
    const response = await this.open(path, params);
    return response.json();
  }

  post(path, body) {
    return this.#send('POST', path, body);
  }

  patch(path, body) {
    return this.#send('PATCH', path, body);
  }

  async #send(method, path, body) {
    const response = await send(`${this.url}${ROOT}${path}`, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        'Content-Type': 'application/json',
      },
      body,
    });
    await assertOk(response);
    return response.json();
  }
}
