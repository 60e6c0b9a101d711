/** Addresses that Casso cannot reach are known by their text. */
import { findAddressProblem } from '@saoke/core';

it.each([
	['https://n8n.example.com/webhook/x/casso', undefined],
	['https://8.8.8.8/x', undefined],
	['https://172.32.0.1/x', undefined],
	['https://[2606:4700::1111]/x', undefined],
	['http://n8n.example.com/x', 'notHttps'],
	['http://localhost:5678/x', 'notPublic'],
	['https://localhost/x', 'notPublic'],
	['https://n8n/x', 'notPublic'],
	['https://shop.local/x', 'notPublic'],
	['https://n8n.internal/x', 'notPublic'],
	['https://127.0.0.1/x', 'notPublic'],
	['https://10.1.2.3/x', 'notPublic'],
	['https://172.16.0.1/x', 'notPublic'],
	['https://192.168.1.5:8443/x', 'notPublic'],
	['https://169.254.1.1/x', 'notPublic'],
	['https://100.64.0.1/x', 'notPublic'],
	['https://[::1]/x', 'notPublic'],
	['https://[fd00::1]/x', 'notPublic'],
	['https://[fe80::1]/x', 'notPublic'],
])('%s: %s', (url, problem) => {
	expect(findAddressProblem(url)).toBe(problem);
});
