#include "Complaint.h"
#include "CGD.h"
#include <stdarg.h>
#include <stdio.h>

static _Thread_local char complaint[256];

void sen_complain(const char *text) {
  if (complaint[0] == 0) snprintf(complaint, sizeof complaint, "%s", text);
}

static void remember(int priority, const char *format, va_list arguments) {
  (void)priority;
  char text[sizeof complaint];
  vsnprintf(text, sizeof text, format, arguments);
  sen_complain(text);
}

void sen_gd_hush(void) { gdSetErrorMethod(remember); }
const char *sen_gd_complaint(void) { return complaint; }
void sen_gd_forget(void) { complaint[0] = 0; }
