import { z } from 'zod';

/**
 * Values of a rule. There has to be one: an empty list in a filter chooses
 * everything, which no rule should.
 */
export const atLeastOne = z.array(z.string().min(1)).min(1);
