// duckdb.mjs FILE: runs the SQL in FILE, prints the rows of each SELECT as CSV.
import { readFileSync } from "node:fs";
import { DuckDBInstance } from "@duckdb/node-api";

const connection = await (await DuckDBInstance.create()).connect();
const text = readFileSync(process.argv[2], "utf8").replace(/^--.*$/gm, "");
for (const sql of text.split(/;\s*$/m).map((part) => part.trim())) {
  if (!sql) continue;
  const reader = await connection.runAndReadAll(sql);
  if (!sql.startsWith("SELECT")) continue;
  for (const row of reader.getRows()) console.log(row.join(","));
}
