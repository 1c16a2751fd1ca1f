// The command line, built first if the sources have changed. Stack traces name places in .build/, in files that say where
// their parts come from; with NODE_OPTIONS=--enable-source-maps they name places in src/, and a start takes longer.
import "./build.mjs";

await import("../.build/commands/cli.js");
