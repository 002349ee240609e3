/**
 * Types, catalogue of activities, filter, permissions and client of the Audit
 * Trail, shared by its frontend and backend.
 *
 * @packageDocumentation
 */

export * from './activities';
export * from './client';
export * from './coverage';
export * from './events';
export * from './exporting';
export * from './filter';
export * from './forwarding';
export * from './permissions';
export * from './resources';
export * from './views';
