/** Polling: what is new since the last read, for Casso. An entry of its own, so that a bundle carries only what it uses. */
export * from './polling/advance';
export * from './polling/casso';
export * from './polling/plan';
export * from './polling/state';
