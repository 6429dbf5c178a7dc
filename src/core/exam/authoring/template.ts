/** What a new bank begins with: a question of each sort, without a fault. */
import template from "../../../../media/templates/bank.quiz.md";

export const bankTemplate: string = template;
