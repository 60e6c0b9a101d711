/** As much of an MQTT 3.1.1 broker as a publisher with QoS 1 needs: accepts, acknowledges, and tells what was published. */
import net from 'node:net';

export interface Published {
	topic: string;
	payload: string;
}

export interface TinyBroker {
	port: number;
	published: Published[];
	close: () => Promise<void>;
}

export async function startTinyBroker(): Promise<TinyBroker> {
	const published: Published[] = [];
	const sockets = new Set<net.Socket>();
	const server = net.createServer((socket) => {
		sockets.add(socket);
		let waiting = Buffer.alloc(0);
		socket.on('error', () => socket.destroy());
		socket.on('data', (chunk) => {
			waiting = Buffer.concat([waiting, chunk]);
			for (let packet = takePacket(waiting); packet; packet = takePacket(waiting)) {
				waiting = waiting.subarray(packet.size);
				answer(socket, packet, published);
			}
		});
	});
	await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		port: (server.address() as net.AddressInfo).port,
		published,
		close: async () => {
			for (const socket of sockets) socket.destroy();
			await new Promise((resolve) => server.close(resolve));
		},
	};
}

interface Packet {
	kind: number;
	flags: number;
	body: Buffer;
	size: number;
}

/** @returns undefined until the packet is there whole */
function takePacket(bytes: Buffer): Packet | undefined {
	let length = 0;
	for (let at = 1; at < 5; at++) {
		const byte = bytes[at];
		if (byte === undefined) return undefined;
		length += (byte & 127) * 128 ** (at - 1);
		if (byte & 128) continue;
		const size = at + 1 + length;
		if (bytes.length < size) return undefined;
		const first = bytes[0] ?? 0;
		return { kind: first >> 4, flags: first & 15, body: bytes.subarray(at + 1, size), size };
	}
	return undefined;
}

const CONNECT = 1;
const PUBLISH = 3;
const PINGREQ = 12;

function answer(socket: net.Socket, { kind, flags, body }: Packet, published: Published[]): void {
	if (kind === CONNECT) socket.write(Buffer.from([0x20, 2, 0, 0]));
	if (kind === PINGREQ) socket.write(Buffer.from([0xd0, 0]));
	if (kind !== PUBLISH) return;
	const qos = (flags >> 1) & 3;
	const topicEnd = 2 + body.readUInt16BE(0);
	const payloadStart = topicEnd + (qos > 0 ? 2 : 0);
	published.push({ topic: body.toString('utf8', 2, topicEnd), payload: body.toString('utf8', payloadStart) });
	if (qos > 0) socket.write(Buffer.concat([Buffer.from([0x40, 2]), body.subarray(topicEnd, payloadStart)]));
}
