import { setTimeout as delay } from 'node:timers/promises';
import { residentMemory } from '../bench/residentMemory.mjs';
import { preloading } from './preloading.mjs';

/** Until the system has back what was collected. */
const COLLECTING_MS = 1_000;

/** What makes a backend tell what it holds. */
export const collectingEnvironment = () => preloading('collectGarbage.cjs');

/**
 * Bytes of memory that a backend holds: what it has of the system once its
 * garbage is collected. V8 does that late, and gives little back.
 */
export async function heldMemory(pid) {
  process.kill(pid, 'SIGUSR2');
  await delay(COLLECTING_MS);
  return residentMemory(pid) ?? 0;
}
