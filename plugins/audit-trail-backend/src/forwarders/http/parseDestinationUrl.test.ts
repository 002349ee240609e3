import { AllowedHosts } from './AllowedHosts';
import { parseDestinationUrl } from './parseDestinationUrl';

describe('parseDestinationUrl', () => {
  it.each([
    ...['http://hooks.example.com/', 'ftp://hooks.example.com/'],
    ...['file:///etc/passwd', 'gopher://127.0.0.1/_POST', 'dict://127.0.0.1/'],
    ...['ws://127.0.0.1/', 'wss://hooks.example.com/', 'unix:/run/docker.sock'],
    ...['data:text/plain,x', 'vbscript:x', 'blob:https://a.b/c'],
    ...[
      'http+unix://%2Frun%2Fdocker.sock/',
      'about:blank',
      'ldap://127.0.0.1/',
    ],
    ...['https://user@hooks.example.com/', 'https://:pass@hooks.example.com/'],
    ...['https://hooks.example.com@127.0.0.1/', 'https://hooks.example.com./'],
    ...[
      'https://hooks.example.com:443@evil.example/',
      'https://127.0.0.1\\@hooks.example.com/',
    ],
    ...[
      'https://hooks.example.com\\.evil.example/',
      'https://hooks.example.com.evil.example/',
    ],
    ...[
      'https://evil.example/#hooks.example.com',
      'https://evil.example?hooks.example.com',
    ],
    ...[
      'https://evilhooks.example.com/',
      'https://example.com/',
      '//hooks.example.com/',
    ],
    ...[
      'https://hooks.example.com/\r\nHost: evil.example',
      'https://hooks.example.com/\n',
    ],
    ...[
      'https://hooks.example.com\r\n.evil.example/',
      ' https://hooks.example.com/',
    ],
    ...[
      'https://hooks.exam\tple.com/',
      'https://hooks.example.com/\u2028x',
      'https://hooks.example.com/\u202ex',
    ],
    ...[
      'https://hooks.example.com:99999/',
      'https://',
      'hooks.example.com',
      '',
      'https://1.2.3.4.5/',
    ],
    ...[
      'https://[::1',
      'https://[fe80::1%25lo]/',
      'https://hooks.example.com%00.evil.example/',
    ],
  ])('%j is no address of a destination', text => {
    const allowedHosts = AllowedHosts.fromList(
      ['hooks.example.com', '*.hooks.example.com'],
      'allowedHosts',
    );
    expect(() =>
      parseDestinationUrl(text, { allowedHosts, allowPrivateAddresses: false }),
    ).toThrow(expect.objectContaining({ name: 'InputError' }));
  });

  it.each([
    'https://hooks.example.com/audit?x=1',
    'https://hooks.example.com:8443/',
    'https://HOOKS.example.com/',
    'https://eu.hooks.example.com/',
    'https://a.b.hooks.example.com/',
  ])('%s is one', text => {
    const allowedHosts = AllowedHosts.fromList(
      ['Hooks.Example.com', '*.hooks.example.com'],
      'allowedHosts',
    );
    expect(
      parseDestinationUrl(text, { allowedHosts, allowPrivateAddresses: false })
        .href,
    ).toBe(new URL(text).href);
  });

  it.each([
    ...['', '*', '*.', 'https://hooks.example.com', 'hooks.example.com:443'],
    ...['hooks.example.com/', 'user@hooks.example.com', '*.*.example.com'],
    ...['hooks.*.example.com', '*example.com', '*.127.0.0.1', 'a b', '*.1'],
    ...['[::1]:443', '*.[::1]', 'a?b', 'a#b', 'a\\b', 'a%2eb'],
  ])('"%s" is no allowed host', host => {
    expect(() =>
      AllowedHosts.fromList(['a.example.com', host], 'hosts'),
    ).toThrow(/^hosts\[1\]: must be a host/);
  });
});
