/** What every service and host shares: errors, transport, base URL, Vietnam time. An entry of its own, so that a bundle carries only what it uses. */
export * from './errors';
export * from './http/baseUrl';
export * from './json';
export * from './options';
export type * from './http/client';
export * from './time';
