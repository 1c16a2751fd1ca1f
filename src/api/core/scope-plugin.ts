import SchemaBuilder, { BasePlugin, type PothosOutputFieldConfig, type SchemaTypes } from "@pothos/core";
import { neededScope, needInWords } from "../viewer.ts";

declare global {
  namespace PothosSchemaTypes {
    interface Plugins<Types extends SchemaTypes> {
      scopes: ScopePlugin<Types>;
    }
  }
}

/**
 * Tells of the scope that a root field declares by `needs` in its description too, so that none goes without saying. That
 * somebody has it is seen to before anything of an operation is executed (`http/access/viewers.ts`), and so by no resolver.
 */
class ScopePlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override onOutputFieldConfig(config: PothosOutputFieldConfig<Types>): PothosOutputFieldConfig<Types> {
    const need = neededScope(config.extensions);
    if (need === undefined) return config;
    return { ...config, description: `${config.description} Takes a token with ${needInWords(need, "`")}.` };
  }
}

SchemaBuilder.registerPlugin("scopes", ScopePlugin);
