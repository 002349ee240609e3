import { markText, type Mark } from './secretMarker';

/** What a secret looks like that is known by its form. */
interface SecretPattern {
  /**
   * What it matches is replaced, without its first group: that stays before
   * the marker.
   *
   * Each runs in linear time: what repeats is bounded, or begins at a place
   * that it cannot begin at again within the same run of characters. What
   * needs a look at the whole is left to `isSecret`, which sees it once.
   */
  pattern: RegExp;
  /** What it cannot match without; most texts have none of it. */
  has?: string[];
  /** Characters of the shortest match. */
  length?: number;
  isSecret?: (match: string) => boolean;
}

const hasDigit = (text: string) => /\d/.test(text);
const hasBothCases = (text: string) => /[a-z]/.test(text) && /[A-Z]/.test(text);

/** Whether a text is `user:password` in Base64. */
function isBasic(text: string): boolean {
  const decoded = Buffer.from(text, 'base64').toString('utf8');
  return decoded.includes(':') && !/\p{Cc}/u.test(decoded);
}

/** Whether 40 characters are a random text, and no path or hexadecimal hash. */
function isRandom(text: string): boolean {
  const count = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
  return (
    count(/[A-Z]/g) >= 4 &&
    count(/[a-z]/g) >= 4 &&
    count(/\d/g) >= 1 &&
    count(/\//g) <= 4 &&
    new Set(text).size >= 21
  );
}

/** Tokens by the words they begin with. */
const PREFIXED = [
  // GitHub, GitLab
  'gh[oprsu]_[A-Za-z0-9_]{20,}',
  'github_pat_[A-Za-z0-9_]{20,}',
  'gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[\\w.-]{18,}',
  // AWS, Google, Azure, DigitalOcean
  '(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?![A-Za-z0-9])',
  'AIza[\\w-]{30,}',
  'ya29\\.[\\w.-]{20,}',
  'GOCSPX-[\\w-]{20,}',
  'do[opr]_v1_[a-f0-9]{40,}',
  // Slack
  'xox[a-z](?:\\.xox[a-z])?-[A-Za-z0-9-]{10,}',
  'xapp-[A-Za-z0-9-]{10,}',
  // Stripe, Square, Shopify
  '[rs]k_(?:live|test)_[A-Za-z0-9]{10,}',
  'whsec_[A-Za-z0-9+/=]{16,}',
  'sq0[a-z]{3}-[\\w-]{20,}',
  'shp(?:at|ca|pa|ss)_[A-Fa-f0-9]{32}',
  // Package registries
  'npm_[A-Za-z0-9]{30,}',
  'pypi-[\\w-]{30,}',
  'dckr_[a-z]{3}_[\\w-]{20,}',
  'rubygems_[a-f0-9]{40,}',
  // Segment's Public API
  'sgp_[A-Za-z0-9]{30,}',
  // Others
  'SG\\.[\\w-]{16,64}\\.[\\w-]{16,}',
  'hf_[A-Za-z0-9]{30,}',
  'hv[bs]\\.[\\w-]{20,}',
  'ATATT3[\\w=-]{30,}',
  'lin_api_[A-Za-z0-9]{30,}',
  'gl(?:c|sa)_[\\w+/=]{20,}',
  'dapi[a-f0-9]{32}',
  'PMAK-[\\w-]{30,}',
  'NRAK-[A-Z0-9]{20,}',
  'figd_[\\w-]{30,}',
  'AGE-SECRET-KEY-1[A-Z0-9]{30,}',
];

const PATTERNS: SecretPattern[] = [
  {
    // A key that is cut off is one as far as the text goes.
    pattern:
      /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^]*?-----END [A-Z0-9 ]{0,60}-----|[^]*)/g,
    has: ['-----BEGIN'],
  },
  {
    // JSON Web Tokens, signed (three parts) and encrypted (five).
    pattern: /(?<![\w-])eyJ[\w-]{6,}(?:\.[\w-]*){2,4}/g,
    has: ['eyJ'],
  },
  {
    pattern: new RegExp(`(?<![A-Za-z0-9])(?:${PREFIXED.join('|')})`, 'g'),
    // A token of Slack.
    length: 15,
  },
  {
    pattern: /(?<![\w-])sk-[\w-]{20,}/g,
    has: ['sk-'],
    isSecret: hasDigit,
  },
  {
    // Telegram
    pattern: /(?<![\w-])\d{8,10}:AA[\w-]{32,34}(?![\w-])/g,
    has: [':AA'],
  },
  {
    // Incoming webhooks of Slack, Discord and Teams: who has it may write.
    pattern:
      /((?:hooks\.slack(?:-gov)?\.com\/(?:services|triggers|workflows)|discord(?:app)?\.com\/api\/webhooks|webhook\.office\.com\/webhookb2)\/)[\w/@.-]+/gi,
    length: 25,
  },
  {
    // https://user:password@host; the password may hold an unescaped `@`.
    pattern: /(\/\/[^\s/?#:@"'`<>\\]{0,256}:)[^\s/?#"'`<>\\]{1,1024}(?=@)/g,
    has: ['//', '@'],
  },
  {
    // https://token@host
    pattern: /(\/\/)[^\s/?#:@"'`<>\\]{20,256}(?=@)/g,
    has: ['//', '@'],
    isSecret: hasDigit,
  },
  {
    pattern: /((?<![\w-])Basic\s{1,4})[A-Za-z0-9+/_-]{4,}={0,2}/gi,
    length: 10,
    isSecret: isBasic,
  },
  {
    pattern: /((?<![\w-])Bearer\s{1,4})[\w.~+/-]{8,}={0,2}/gi,
    length: 15,
    isSecret: text =>
      hasDigit(text) || text.length >= 24 || hasBothCases(text.slice(1)),
  },
  {
    // Secrets of AWS have no mark but their length.
    pattern: /(?<![\w/+-])[A-Za-z0-9/+]{40}(?![\w/+=-])/g,
    length: 40,
    isSecret: isRandom,
  },
];

/** Whether a pattern may match, found out sooner than by trying it. */
const mayMatch = ({ has, length = 0 }: SecretPattern, text: string) =>
  text.length >= length && (has?.every(part => text.includes(part)) ?? true);

/** Replaces secrets that are known by their form. */
export function redactPatterns(text: string, mark: Mark): string {
  return PATTERNS.reduce(
    (result, known) =>
      mayMatch(known, result)
        ? result.replace(known.pattern, (match: string, ...rest: unknown[]) => {
            const kept = typeof rest[0] === 'string' ? rest[0] : '';
            const secret = match.slice(kept.length);
            return known.isSecret && !known.isSecret(secret)
              ? match
              : kept + markText(secret, mark);
          })
        : result,
    text,
  );
}
