import { seededRandom } from '../../__testUtils__/events';

/** Texts that somebody may give a thing for a name, to do harm with. */
export const HOSTILE_TEXTS = [
  '<!channel>',
  '<!here|here> <!everyone> <!subteam^S1|@all>',
  '<@U024BE7LH> <#C024BE7LR|general>',
  '<https://evil.example|Open in portal>',
  '<!date^0^{date}^https://evil.example|click>',
  '&lt;!channel&gt; &amp;amp; &',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '"><a href="javascript:alert(1)">x</a>',
  '*bold* _italic_ ~struck~ `code` ```block```',
  '[Open](https://evil.example) https://evil.example @channel #general',
  'first\r\nsecond\rthird\nfourth',
  'a\u2028b\u2029c\u0085d\u000be\tf',
  '\u001b[31mred\u001b[0m \u001b]8;;https://evil.example\u0007link',
  '\u202egpj.exe\u202c \u2066a\u2069 \u200f\u200e\u061c',
  'zero\u200bwidth\ufeff \u{e0041}\u{e0042} soft\u00adhyphen',
  '\ud800 half \udc00',
  '\0NUL\0',
  ':warning: :rotating_light:',
  'Ünïcödé 数据仓库 🏭👩‍🚀 ﷽',
  '|^|<|>',
  '\u200b\u200b',
  '<'.repeat(100_000),
  'x'.repeat(100_000),
  '👩‍🚀'.repeat(20_000),
  '&'.repeat(151),
];

/** Combinations of these; the same in each run. */
export function hostileTexts(count: number): string[] {
  const random = seededRandom(count);
  const one = () =>
    HOSTILE_TEXTS[Math.floor(random() * HOSTILE_TEXTS.length)].slice(
      0,
      1 + Math.floor(random() * 400),
    );
  return Array.from({ length: count }, () =>
    Array.from({ length: 1 + Math.floor(random() * 4) }, one).join(
      random() < 0.5 ? '' : ' ',
    ),
  );
}

/**
 * What may stand in no text that is shown: what breaks a line, cannot be seen
 * or is half a character. A joiner may: scripts need it.
 */
export const UNSHOWABLE =
  /(?![\n\u200c\u200d])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;
