/**
 * Words that name a secret by themselves, also at the end of a word that is
 * written as one (`dbpassword`, `accesstoken`), and in the plural.
 */
export const SECRET_ENDINGS = [
  'accesskey',
  'apikey',
  'connectionstring',
  'credential',
  'passcode',
  'passphrase',
  'passwd',
  'password',
  'passwort',
  'privatekey',
  'pwd',
  'secret',
  'secretkey',
  'sessionid',
  'signingkey',
  'token',
  'writekey',
];

/** Words, or words in a row, that name a secret. A plural is one, too. */
export const SECRET_PHRASES = [
  'access key',
  'account key',
  'api key',
  'auth code',
  'auth key',
  'authorisation',
  'authorization',
  'authorization code',
  'backup code',
  'connection string',
  'cookie',
  'cred',
  'cvc',
  'cvv',
  'encryption key',
  'jwt',
  'key material',
  'kubeconfig',
  'license key',
  'master key',
  'mfa code',
  'mnemonic',
  'otp',
  'pass phrase',
  'pass word',
  'pem',
  'pin',
  'pin code',
  'private key',
  'recovery code',
  'reset code',
  'security answer',
  'security code',
  'seed phrase',
  'session id',
  'session key',
  'shared key',
  'signing key',
  'ssh key',
  'subscription key',
  'totp',
  'verification code',
  'write key',
];

/**
 * Words that tell something about a secret when they stand after it, as in
 * `tokenId`, `password_changed_at` or `secretName`, and that are no secret
 * within an object that is one.
 */
export const DESCRIBING_WORDS = new Set(
  `
  active age alg algorithm arn at attempt attempts audience authority banner
  budget by category change changed changes client comment consent count counts
  created date deleted desc description dir disabled domain email enabled
  endpoint endpoints event events exist exists expiration expire expired expires
  expiry failed failure failures file filename folder format hint host id ids in
  info issued issuer kind kinds label last length level lifetime limit limits
  link links location login manager max meta metadata method methods min minimum
  missing mode modified name names note notes number on operator owner owners
  page path paths percentage permission permissions policies policy preference
  preferences prefix present provider providers purpose quota rate ref reference
  references refs region remaining required requirement requirements requires
  reset resets revoked role roles rotated rotation rule rules scheme scope scopes
  server service set setting settings since size source state status store
  strength time timeout timestamp title total ttl type types unit until updated
  uri uris url urls usage use used user username usernames users uuid valid
  validated validation validity verified version versions
  `
    .trim()
    .split(/\s+/),
);

/** Words before a token that is none to sign in with, and before counts. */
export const HARMLESS_BEFORE_TOKEN = new Set(
  `
  cached cancel cancellation completion continuation count cursor design input
  max min next num number output page pagination per prompt reasoning sync total
  `
    .trim()
    .split(/\s+/),
);

/** First words of a key that asks about a secret, as `hasPassword` does. */
export const ASKING_WORDS = new Set(['has', 'have', 'is', 'needs', 'requires']);

/** Names of query parameters that carry a secret, if it is long. */
export const SECRET_PARAMETERS = new Set([
  'auth',
  'code',
  'hmac',
  'key',
  'sig',
  'sign',
  'signature',
  'x amz credential',
  'x amz signature',
  'x goog credential',
  'x goog signature',
]);
