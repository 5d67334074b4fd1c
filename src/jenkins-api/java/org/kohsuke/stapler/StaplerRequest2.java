package org.kohsuke.stapler;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import net.sf.json.JSONObject;

public interface StaplerRequest2 extends HttpServletRequest {
  String getRestOfPath();

  String getRootPath();

  String getReferer();

  String getOriginalRequestURI();

  <T> T findAncestorObject(Class<T> type);

  boolean hasParameter(String name);

  <T> T bindJSON(Class<T> type, JSONObject src);

  void bindJSON(Object bean, JSONObject src);

  <T> List<T> bindJSONToList(Class<T> type, Object src);

  JSONObject getSubmittedForm() throws ServletException;
}
