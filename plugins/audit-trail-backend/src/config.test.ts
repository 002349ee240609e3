import { mockServices } from '@backstage/backend-test-utils';
import { findBorrowedSubjects } from './config';

describe('subjects of callers from outside', () => {
  const found = (externalAccess: object[] | undefined) =>
    findBorrowedSubjects(
      mockServices.rootConfig({
        data: { backend: { auth: { externalAccess } } },
      }),
      { sources: ['segment'] },
    );

  it('are found where they are those of a plugin or an intake', () => {
    expect(
      found([
        { type: 'static', options: { token: 't', subject: 'deploys' } },
        { type: 'static', options: { token: 't', subject: 'plugin:catalog' } },
        { type: 'jwks', options: { url: 'https://issuer.example' } },
        { type: 'legacy', options: { secret: 's', subject: 'plugin:me' } },
        { type: 'static', options: { token: 't', subject: 'my-plugin:me' } },
        { type: 'static', options: { token: 't', subject: 'segment' } },
      ]),
    ).toEqual([
      {
        key: 'backend.auth.externalAccess[1].options.subject',
        subject: 'plugin:catalog',
      },
      {
        key: 'backend.auth.externalAccess[3].options.subject',
        subject: 'plugin:me',
      },
      {
        key: 'backend.auth.externalAccess[5].options.subject',
        subject: 'segment',
      },
    ]);
  });

  it('are none where nobody is let in', () => {
    expect(found(undefined)).toEqual([]);
    expect(found([])).toEqual([]);
  });
});
