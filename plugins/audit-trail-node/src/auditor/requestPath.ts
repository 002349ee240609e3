const MAX_CHARACTERS = 512;

/** The path of a request, without its query, which may carry secrets. */
export const requestPath = ({ url }: { url: string }): string =>
  url.split(/[?#]/)[0].slice(0, MAX_CHARACTERS);
