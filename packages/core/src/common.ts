/** Shared by all services and hosts: errors, transport, base URL, Vietnam time. A separate entry, so that a bundle contains only what it uses. */
export * from './errors';
export * from './http/baseUrl';
export * from './json';
export * from './options';
export * from './period';
export { removeDiacritics } from './text';
export type * from './http/client';
export * from './time';
