import { accessOf, fakeApi } from '../__testUtils__/fixtures';
import {
  knownAccess,
  knownAccessOrMissed,
  latestAccess,
  loadAccess,
  onAccess,
  wasAccessMissed,
} from './accessStore';

describe('accessStore', () => {
  it('asks once for all who want to know, and keeps the answer', async () => {
    const answer = accessOf();
    const api = fakeApi({ getAccess: jest.fn(async () => answer) });
    const heard = jest.fn();
    const forget = onAccess(heard);
    expect(knownAccess(api)).toBeUndefined();
    await Promise.all([loadAccess(api), loadAccess(api)]);
    expect(await loadAccess(api)).toBe(answer);
    expect(knownAccess(api)).toBe(answer);
    expect(latestAccess()).toBe(answer);
    expect(api.getAccess).toHaveBeenCalledTimes(1);
    expect(heard).toHaveBeenCalledTimes(1);
    forget();
    await loadAccess(fakeApi());
    expect(heard).toHaveBeenCalledTimes(1);
  });

  it('asks again after a failure', async () => {
    const getAccess = jest
      .fn()
      .mockRejectedValueOnce(new Error('away'))
      .mockResolvedValue(accessOf());
    const api = fakeApi({ getAccess });
    await expect(loadAccess(api)).rejects.toThrow('away');
    expect(knownAccess(api)).toBeUndefined();
    await expect(loadAccess(api)).resolves.toEqual(accessOf());
  });

  it('remembers who could not wait for the answer', async () => {
    const [early, late] = [fakeApi(), fakeApi()];
    expect(knownAccessOrMissed(early)).toBeUndefined();
    await Promise.all([loadAccess(early), loadAccess(late)]);
    expect(knownAccessOrMissed(late)).toEqual(accessOf());
    expect(wasAccessMissed(early)).toBe(true);
    expect(wasAccessMissed(late)).toBe(false);
  });
});
