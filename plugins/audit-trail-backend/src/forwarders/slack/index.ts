export { createSlackForwarderFactory } from './createSlackForwarderFactory';
export type { SlackForwarderFactoryOptions } from './createSlackForwarderFactory';
