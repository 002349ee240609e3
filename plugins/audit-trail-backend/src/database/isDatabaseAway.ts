import { knex } from 'knex';

/**
 * PostgreSQL's classes of failed connections, of a server that ends, starts or
 * has no connection left, and what Node.js says of connections.
 */
const CODES =
  /^(08[0-9A-Z]{3}|57P0[1-4]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN)$/;
/** What PostgreSQL's driver says without a code. */
const MESSAGES =
  /Connection terminated|connection error and is not queryable|timeout exceeded when trying to connect/;

/** Whether something failed because the database cannot be reached. */
export function isDatabaseAway(error: unknown): boolean {
  const { code, message } = (error ?? {}) as {
    code?: unknown;
    message?: unknown;
  };
  return (
    CODES.test(String(code)) ||
    MESSAGES.test(String(message)) ||
    (error instanceof knex.KnexTimeoutError &&
      /acquiring a connection/.test(error.message))
  );
}
