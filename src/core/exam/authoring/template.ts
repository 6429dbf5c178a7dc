/** What a new bank begins with: a question of each sort, without a fault. */
import texts from "texts:../../../../media/templates";

export const bankTemplate: string = texts.bank!;
