import {
  decodeJwt,
  decodeProtectedHeader,
  generateKeyPair,
  SignJWT,
  UnsecuredJWT,
} from 'jose';
import {
  DIRECT_OWNER,
  ENGINEER,
  NESTED_ENGINEER,
  OTHER_ENGINEER,
  OWNER,
  STRANGER,
} from './backend';
import { SERVICE_TOKENS, type Portal } from './portal';

/** What a request says of who asks. */
export type Proof = Record<string, string>;

const bearer = (token: string): Proof => ({ Authorization: `Bearer ${token}` });

/** An Owner's token that the portal issued two hours ago, for one hour. */
async function issueExpired(portal: Portal): Promise<string> {
  const clock = jest
    .spyOn(Date, 'now')
    .mockReturnValue(Date.now() - 2 * 60 * 60 * 1000);
  try {
    return await portal.signIn(OWNER);
  } finally {
    clock.mockRestore();
  }
}

/** Tokens that say they are an Owner's, of which none is to be believed. */
async function forge(portal: Portal): Promise<string[]> {
  const owners = await portal.signIn(OWNER);
  const [header, , signature] = (await portal.signIn(STRANGER)).split('.');
  const { privateKey } = await generateKeyPair('ES256');
  const signedByAnother = new SignJWT(decodeJwt(owners)).setProtectedHeader({
    alg: 'ES256',
    kid: decodeProtectedHeader(owners).kid,
    typ: decodeProtectedHeader(owners).typ,
  });
  return [
    'unknown',
    owners.slice(0, -4),
    // A stranger's signature under what an Owner's token says.
    [header, owners.split('.')[1], signature].join('.'),
    new UnsecuredJWT(decodeJwt(owners)).encode(),
    await signedByAnother.sign(privateKey),
    // Good for a cookie, and there only.
    await portal.limitedToken(owners),
    await portal.pluginToken({ targetPluginId: 'catalog', onBehalfOf: owners }),
  ];
}

/**
 * Who may ask, by their names in the table of the documentation, each with all
 * proofs that they may come with: the answer must be the same to each.
 */
export async function callersOf(
  portal: Portal,
): Promise<Record<string, Proof[]>> {
  /** By themselves, and by a plugin that asks on their behalf. */
  const user = async (userRef: string) => {
    const token = await portal.signIn(userRef);
    return [token, await portal.pluginToken({ onBehalfOf: token })].map(bearer);
  };
  const owners = await portal.signIn(OWNER);
  return {
    nobody: [
      {},
      { Authorization: 'Basic b2xpdmlhOnNlY3JldA==' },
      { Cookie: `backstage-auth=${await portal.limitedToken(owners)}` },
    ],
    'a token that is not valid': (await forge(portal)).map(bearer),
    'an expired token': [bearer(await issueExpired(portal))],
    'a stranger': await user(STRANGER),
    'an engineer of another team': await user(OTHER_ENGINEER),
    "an entity's owner, directly": await user(DIRECT_OWNER),
    "an entity's owner, by group": await user(ENGINEER),
    "an entity's owner, by a group above theirs": await user(NESTED_ENGINEER),
    'an Owner': await user(OWNER),
    'a service': [bearer(SERVICE_TOKENS.unrestricted)],
    'a service restricted to another plugin': [
      bearer(SERVICE_TOKENS.otherPlugin),
    ],
    'a service restricted to another permission': [
      bearer(SERVICE_TOKENS.otherPermission),
      bearer(SERVICE_TOKENS.otherAction),
    ],
    'a service restricted to recording': [
      bearer(SERVICE_TOKENS.recording),
      bearer(SERVICE_TOKENS.creating),
    ],
    'a plugin of the portal': [bearer(await portal.pluginToken())],
  };
}
