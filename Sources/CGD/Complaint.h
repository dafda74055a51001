#pragma once
/// Remembers a complaint, if it is the first.
void sen_complain(const char *text);
