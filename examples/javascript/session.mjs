// Stores and reads keys of a new session over a WebSocket. Usage: node session.mjs [address of the server]
import { WebSocket } from 'ws';

const socket = new WebSocket(process.argv[2] ?? 'ws://127.0.0.1:1987/');

// The server answers the commands for one session in their order, so that the oldest question waits for the next answer.
const waiting = [];
socket.on('message', (text) => waiting.shift()(String(text)));
const ask = (command) =>
  new Promise((answer) => {
    waiting.push(answer);
    socket.send(command);
  });

socket.on('open', async () => {
  // JSON.parse would round a token of 20 digits: keep it as text.
  const made = await ask('{"SH_NEW":{"name":"node"}}');
  const token = /"tkn":(\d+)/.exec(made)[1];

  await ask(`{"KV_SET":{"tkn":${token},"keys":{"user":{"name":"Ada"},"visits":1}}}`);
  const got = await ask(`{"KV_GET":{"tkn":${token},"keys":["user"]}}`);
  console.log(JSON.parse(got).KV_GET_RSP.keys.user.name);

  await ask(`{"SH_END":{"tkn":${token}}}`);
  socket.close();
});
