import { shippedTemplate } from "../seeding/shipped-template.ts";

/** Makes what new data folders begin with, so that the first start does not have to. Does nothing where it is there. */
export async function makeTemplatesCommand(): Promise<void> {
  await shippedTemplate();
}
