// usage: node ws.mjs <url> <file with the conversation>
// Beyond the conversation: pings, fragments, and a close frame without a status.
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { strictEqual } from 'node:assert';
import { WebSocket } from 'ws';
import { converse } from './conversation.mjs';

const [url, file] = process.argv.slice(2);
const exchanges = JSON.parse(readFileSync(file, 'utf8'));

strictEqual(await converse(WebSocket, url, exchanges), 'ok');

const socket = new WebSocket(url);
await once(socket, 'open');

socket.ping('are you there');
const [pong] = await once(socket, 'pong');
strictEqual(String(pong), 'are you there');

const { send, answer } = exchanges[0];
const half = Math.floor(send.length / 2);
socket.send(send.slice(0, half), { fin: false });
socket.send('', { fin: false });
socket.ping('between fragments');
socket.send(send.slice(half), { fin: true });
const [message, isBinary] = await once(socket, 'message');
strictEqual(String(message), answer);
strictEqual(isBinary, false);

socket.close();
const [code] = await once(socket, 'close');
strictEqual(code === 1005 || code === 1000, true, `closed with ${code}`);
console.log('ok');
