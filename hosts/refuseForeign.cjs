/**
 * Loaded into a demo before anything else (`node --require`): refuses what another page in the same browser sends. A
 * demo listens on this machine alone, but every page that is open there can reach it: by a form, and by a name of its own
 * that leads to 127.0.0.1 (DNS rebinding).
 *
 * SAOKE_PUBLIC_HOST names the one other host under which the demo may be asked for.
 */
const { Server } = require('node:http');

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i;
const PUBLIC_HOST = (process.env.SAOKE_PUBLIC_HOST ?? '').toLowerCase();

/** @returns true for a request of another site's page, or under a name that is not ours */
function isForeign({ method, headers }) {
	const host = (headers.host ?? '').toLowerCase();
	if (!LOOPBACK.test(host) && (PUBLIC_HOST === '' || host !== PUBLIC_HOST)) return true;
	if (headers.origin !== undefined && !isOwnOrigin(headers.origin.toLowerCase(), host)) return true;
	if (headers['sec-fetch-site'] !== 'cross-site') return false;
	// Following a link, and coming back from a sign-in elsewhere.
	const isLink = headers['sec-fetch-mode'] === 'navigate' && headers['sec-fetch-dest'] === 'document';
	return !(isLink && (method === 'GET' || method === 'HEAD'));
}

function isOwnOrigin(origin, host) {
	const hosts = PUBLIC_HOST === '' ? [host] : [host, PUBLIC_HOST];
	return hosts.some((own) => origin === `http://${own}` || origin === `https://${own}`);
}

const emit = Server.prototype.emit;
Server.prototype.emit = function (event, request, response, ...rest) {
	if ((event === 'request' || event === 'upgrade') && isForeign(request)) {
		if (event === 'upgrade') response.destroy();
		else response.writeHead(403, { 'content-type': 'text/plain', connection: 'close' }).end('Refused: another site\n');
		return true;
	}
	return emit.call(this, event, request, response, ...rest);
};
