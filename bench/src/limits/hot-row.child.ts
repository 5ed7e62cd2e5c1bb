import pg from "pg";
import { ratePerSecond } from "../measure.ts";

const [, , connectionString = "", connections = "1", seconds = "1"] = process.argv;

const clients = Array.from({ length: Number(connections) }, () => new pg.Client({ connectionString }));
await Promise.all(clients.map((client) => client.connect()));

// Prepared: the server parses it once a connection.
const buy = { name: "buy", text: "select hot_row.buy(1)" };
await Promise.all(clients.map((client) => client.query(buy)));

const free = [...clients];
const perSecond = await ratePerSecond({ inFlight: clients.length, seconds: Number(seconds) }, async () => {
  const client = free.pop();
  if (client === undefined) return false;
  await client.query(buy);
  free.push(client);
  return true;
});
await Promise.all(clients.map((client) => client.end()));
process.stdout.write(String(perSecond));
