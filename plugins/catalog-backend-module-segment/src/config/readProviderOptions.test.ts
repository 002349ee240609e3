import { mockServices } from '@backstage/backend-test-utils';
import { readProviderOptions } from './readProviderOptions';

const options = (segment: object) =>
  readProviderOptions(
    mockServices.rootConfig({ data: { catalog: { providers: { segment } } } }),
  );

describe('readProviderOptions', () => {
  it('needs nothing', () => {
    expect(readProviderOptions(mockServices.rootConfig())).toEqual({
      schedule: { frequency: { minutes: 30 }, timeout: { minutes: 10 } },
      ownerLabel: 'owner',
      defaultOwner: 'unknown',
      system: undefined,
      spaces: true,
    });
  });

  it('takes what is configured', () => {
    expect(
      options({
        schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
        ownerLabel: 'team',
        defaultOwner: 'Data',
        system: 'segment/customer-data',
        spaces: false,
      }),
    ).toEqual({
      schedule: { frequency: { hours: 1 }, timeout: { minutes: 1 } },
      ownerLabel: 'team',
      defaultOwner: 'group:default/data',
      system: 'system:segment/customer-data',
      spaces: false,
    });
  });

  it.each([
    ['defaultOwner', 'the data team'],
    ['defaultOwner', 'component:default/shop'],
    ['system', 'a/b/c'],
    ['system', 'group:default/data'],
  ])('refuses a wrong %s: %s', (key, value) => {
    expect(() => options({ [key]: value })).toThrow(
      `catalog.providers.segment.${key}: must be the ref of a`,
    );
  });
});
